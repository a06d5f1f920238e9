# Pages outside the chat: the title when the button that was pressed has done its work, or has not.
page-title-done = Done: { $title }
page-title-failed = Error: { $title }
