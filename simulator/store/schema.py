"""Tables of the tenant.

A student's membership in class teams follows from the class (`team_homeroom`); `team_person` holds only teachers and
exceptions: a `teacher` is owner and member, an `owner` no member, whatever the class says. So 700,000 students in ten
teams each need no seven million rows. A school is also the administrative unit of its people; `role_holder.unit` is
the school a role is narrowed to, NULL where it is for the whole tenant.

An account that is not `in_roster` is a user and no educationUser: a school's own account need not be one.

`year` is when the school year of a team began, NULL where its term is not known. `registered` is the name the
register gave it, NULL where that is still its name, "" where the tenant does not keep it.

A team is a group that has a Team (`teamed`), open to students (`active`), which nobody knows before `visible_from`.
`register` holds the rows of the register that are not simply a team of the directory: the planted links (see
`links.py`).
"""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE school (
  n INTEGER PRIMARY KEY, id TEXT, code TEXT, name TEXT, town TEXT, region TEXT,
  lowest_grade INTEGER, highest_grade INTEGER, principal TEXT
);
CREATE TABLE homeroom (n INTEGER PRIMARY KEY, school INTEGER, grade INTEGER, letter TEXT);
CREATE TABLE user (
  n INTEGER PRIMARY KEY, id TEXT, upn TEXT COLLATE NOCASE, role TEXT,
  given TEXT, middle TEXT, family TEXT, display TEXT,
  external_id TEXT, homeroom INTEGER, grade INTEGER, enabled INTEGER, ready INTEGER,
  extension_role TEXT, extension_identifier TEXT, user_type TEXT, synced INTEGER,
  password_changed TEXT, sessions_from TEXT, created TEXT, tried_to_sign_in TEXT, signed_in TEXT,
  in_roster INTEGER DEFAULT 1
);
CREATE TABLE enrolment (person INTEGER, school INTEGER, PRIMARY KEY (person, school)) WITHOUT ROWID;
CREATE TABLE team (
  n INTEGER PRIMARY KEY, id TEXT, school INTEGER, external_id TEXT, subject TEXT, name TEXT, grade INTEGER,
  teamed INTEGER DEFAULT 1, created TEXT, archived INTEGER DEFAULT 0, active INTEGER DEFAULT 1, planted TEXT,
  visible_from REAL DEFAULT 0, year INTEGER,
  registered TEXT
);
CREATE TABLE register (
  n INTEGER PRIMARY KEY, external_id TEXT, school INTEGER, title TEXT, homeroom INTEGER, teacher INTEGER,
  status TEXT, since TEXT, key TEXT
);
CREATE TABLE team_homeroom (homeroom INTEGER, team INTEGER, PRIMARY KEY (homeroom, team)) WITHOUT ROWID;
CREATE TABLE team_person (
  team INTEGER, person INTEGER, part TEXT CHECK (part IN ('teacher', 'owner', 'member', 'removed')),
  PRIMARY KEY (team, person)
) WITHOUT ROWID;
CREATE TABLE app_role (n INTEGER PRIMARY KEY, person INTEGER, role_id TEXT, resource_id TEXT);
CREATE TABLE directory_role (n INTEGER PRIMARY KEY, id TEXT, template TEXT, name TEXT UNIQUE);
CREATE TABLE role_holder (n INTEGER PRIMARY KEY, id TEXT, person INTEGER, role INTEGER, unit INTEGER);
CREATE TABLE other_group (n INTEGER PRIMARY KEY, id TEXT, name TEXT, assignable INTEGER);
CREATE TABLE group_person (other_group INTEGER, person INTEGER, PRIMARY KEY (other_group, person)) WITHOUT ROWID;
CREATE TABLE group_owner (other_group INTEGER, person INTEGER, PRIMARY KEY (other_group, person)) WITHOUT ROWID;
CREATE TABLE planted (person INTEGER PRIMARY KEY, key TEXT, identifier TEXT);
"""

INDEXES = """
CREATE UNIQUE INDEX school_id ON school (id);
CREATE UNIQUE INDEX school_code ON school (code);
CREATE INDEX homeroom_school ON homeroom (school);
CREATE UNIQUE INDEX user_id ON user (id);
CREATE UNIQUE INDEX user_upn ON user (upn);
CREATE INDEX user_external_id ON user (external_id);
CREATE INDEX user_homeroom ON user (homeroom);
CREATE INDEX enrolment_school ON enrolment (school, person);
CREATE UNIQUE INDEX team_id ON team (id);
CREATE INDEX team_school ON team (school);
CREATE INDEX team_external_id ON team (external_id);
CREATE INDEX team_homeroom_team ON team_homeroom (team, homeroom);
CREATE INDEX team_person_person ON team_person (person);
CREATE INDEX app_role_person ON app_role (person);
CREATE INDEX role_holder_person ON role_holder (person);
CREATE INDEX group_person_person ON group_person (person);
"""
