// A reminder: as discreet as it came, in the place of the one before, and a tap opens its form.
addEventListener("push", (event) => {
  const { title, body, tag, url, badge } = event.data?.json() ?? {};
  if (!title) return;
  event.waitUntil(
    Promise.all([
      registration.showNotification(title, { body, tag, data: url, renotify: Boolean(tag) }),
      badge && navigator.setAppBadge?.(badge).catch(() => {}),
    ]),
  );
});

addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  event.waitUntil(open(notification.data));
});

/** In the app's window if it is open, for it may have been left on another page; else in a new one. */
async function open(url) {
  const [window] = await clients.matchAll({ type: "window" });
  if (!window) return clients.openWindow(url);
  await window.navigate(url);
  return window.focus();
}
