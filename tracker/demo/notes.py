"""Notes in plain words, as people write them on a phone in the evening: what was seen and heard."""

PARENTING = {
    "bedtime kept": (
        "Light off at 20:25, asleep ten minutes later.",
        "In bed at 20:15 with the blue book.",
        "Light off at 20:30, one glass of water after that.",
        "Asleep at eight.",
    ),
    "bedtime partly": (
        "In bed at 20:30, light off at 20:55.",
        "Bath took longer. Light off at 20:45.",
        "Light off at 20:50, one more chapter.",
    ),
    "bedtime not_kept": (
        "Back from swimming at 20:40. Light off at 21:20.",
        "Light off at 21:10 after the film.",
        "Stomach ache. We sat on the sofa until 21:30.",
    ),
    "call kept": (
        "Call at 18:30, six minutes, about the school play.",
        "Call at 18:35. They talked about the dentist.",
        "Short call at 18:30, waved into the camera.",
    ),
    "call partly": (
        "Called at 19:05, after supper. Two minutes.",
        "Tried at 18:30, reached at 19:20.",
        "The call came at 18:30, the line broke off after a minute.",
    ),
    "call not_kept": (
        "No call today. The phone was in the other bag.",
        "Rang at 18:30 and at 18:45. Nobody picked up.",
        "We were on the road at 18:30. I sent a message at 20:00.",
    ),
    "schoolwork kept": (
        "Homework done at the kitchen table by 17:00.",
        "Maths sheet done before the tablet.",
        "Reading and spelling done, bag packed before supper.",
    ),
    "schoolwork partly": (
        "Reading done, maths left for the morning.",
        "Half an hour of tablet first, then all the homework.",
    ),
    "schoolwork not_kept": (
        "The homework sheet stayed at school.",
        "Screen from 16:00 to 17:30, homework after supper.",
        "Forgot the project. We wrote to the teacher.",
    ),
    "belongings kept": ("Inhaler, gym shoes and library book were in the bag.", "Medicine came with a note on times."),
    "belongings partly": ("Gym shoes came, the library book did not.", "One of the two jackets was in the bag."),
    "belongings not_kept": ("Drove back at 18:10 for the inhaler.", "Swimming things were missing for Thursday."),
    "handoff on_time": (
        "Met at the gate at 17:30. Two minutes about the timetable.",
        "Came out with the drawing in hand, said hello to both of us.",
        "Quiet, a bit tired.",
    ),
    "handoff late": ("The bus was late, a message came at 17:25.", "Waited in the car, we did a puzzle.", "Roadworks."),
    "handoff changed": ("Moved to 18:00 at the sports hall, agreed by message on Monday.",),
    "handoff missed": ("Waited until 18:15. Picked up from the grandparents at 19:00.",),
}

NOISE = {
    "quiet_hours kept": (
        "Slept from 22:30 to 6:45.",
        "Nothing to hear in the bedroom.",
        "Quiet from about ten.",
        "Turned everything off at 21:50.",
    ),
    "quiet_hours partly": (
        "Some steps until 22:20, then quiet.",
        "Heard the television until a quarter past ten.",
        "Came home at 22:40 and took my shoes off at the door.",
    ),
    "quiet_hours not_kept": (
        "Awake from 23:10 to about 0:40.",
        "Music until after midnight, then voices on the stairs.",
        "Visitors left at 23:50.",
    ),
    "shoes kept": ("Slippers since nine.", "No steps tonight."),
    "shoes partly": ("Steps in the hall around 21:30, then none.",),
    "shoes not_kept": (
        "Hard soles in the hall three times between 21:15 and 22:00.",
        "Packed for a trip with shoes on.",
    ),
    "notice kept": ("A note was at the door on Thursday, for Saturday.", "I sent a message the day before."),
    "notice partly": ("The message came at 17:00 on the same day.",),
    "notice not_kept": (
        "Six people came at 20:00. I had not heard about it.",
        "It was not planned. Friends rang the bell.",
    ),
    "ask_first kept": ("I wrote at 22:05, it was quieter at 22:10.", "A message came, I turned the bass down."),
    "ask_first not_kept": (
        "I knocked on the ceiling first, then wrote.",
        "My phone was off, I saw the message at midnight.",
    ),
    "noise music": ("Bass through the bedroom wall, no words to make out.", "The same song four times."),
    "noise footsteps": ("Steps from the hall to the kitchen and back.", "Running, for about ten minutes."),
    "noise furniture": ("Chairs pushed back and forth in the room above.", "Something heavy was moved."),
    "noise machines": ("Washing machine in its spin cycle.", "Vacuum cleaner."),
    "noise voices": ("Several people talking on the balcony.", "Laughter on the stairs."),
    "noise children": ("A ball against the wall.",),
    "did": (
        "Put felt pads under the kitchen chairs.",
        "Moved the speaker from the floor to a shelf.",
        "Laid a rug in the hall.",
        "Turned the music down at 21:50.",
        "Asked the guests to go down the stairs in socks.",
    ),
    "announced": (
        "Note at the door: four guests on Saturday until 23:30.",
        "Message: a delivery tomorrow between 9 and 11.",
        "Message: the plumber drills on Tuesday morning.",
    ),
}

REPAIRS = {
    "answer kept": ("Answer came after an hour.", "Got a photo of the letter and a date."),
    "answer partly": ("An answer after three days: still waiting for the roofer.",),
    "answer not_kept": ("Wrote on Monday and on Thursday, no answer so far.", "I was away and read it on Sunday."),
    "appointments kept": ("Visit on Friday at 9:00, announced on Wednesday.",),
    "appointments not_kept": (
        "The bell rang at 8:00, I had no message.",
        "The roofer came a day early, I heard it from him.",
    ),
    "access kept": ("Opened the attic at 9:00, they left at 10:30.",),
    "access partly": ("The attic was open, the yard gate was not.",),
    "costs kept": ("Both have the figure of 1,480.",),
    "costs partly": ("Had the figure for the gutter, not for the scaffold.",),
    "happened": (
        "Water dripped into the bucket again, about a litre by evening.",
        "The gutter hung down a hand's width after the storm.",
        "The scaffold went up in the yard.",
    ),
    "did": (
        "Called two roofers, one can come on Friday.",
        "Put a tarpaulin over the hole.",
        "Sent the estimate to both.",
    ),
}
