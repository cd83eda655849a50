from workflows.messages import register_message

register_message("leave_note", "Note on a leave", "Whenever a test wants one", "leave")
register_message("leave_team", "Note to the team", "Whenever a test wants one", "leave", for_team=True)
