# Words for the administrator: what will not work.
schools-file-no-offices = Experts of the regional offices will see no overdue requests: NEISPUO does not send the region of schools. Make the file of schools from the register of institutions (python app.py schools) and name it in SCHOOLS_FILE.
schools-file-no-towns = The bot will not show the town of a school, so two schools of one name differ in their code alone.
