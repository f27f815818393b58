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
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data || "/"));
});
