"""What needs no device: timers, reminders, lists, announcements, what is scheduled, greetings."""
