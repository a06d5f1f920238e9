"""Who is in what: the questions that take more than one table. `:n` is a person's or a team's number, `:seen` now."""

CLASSES = """
SELECT team.* FROM team WHERE team.visible_from <= :seen AND team.n IN (
  SELECT team_homeroom.team FROM team_homeroom JOIN user ON user.homeroom = team_homeroom.homeroom
   WHERE user.n = :n AND NOT EXISTS (
     SELECT 1 FROM team_person gone
      WHERE gone.team = team_homeroom.team AND gone.person = user.n AND gone.part IN ('removed', 'owner'))
  UNION SELECT team FROM team_person WHERE person = :n AND part IN ('teacher', 'member'))
"""
MEMBERS = """
SELECT user.* FROM user WHERE user.n IN (
  SELECT user.n FROM team_homeroom JOIN user ON user.homeroom = team_homeroom.homeroom
   WHERE team_homeroom.team = :n AND NOT EXISTS (
     SELECT 1 FROM team_person gone
      WHERE gone.team = :n AND gone.person = user.n AND gone.part IN ('removed', 'owner'))
  UNION SELECT person FROM team_person WHERE team = :n AND part IN ('teacher', 'member'))
"""
# What `Tenant.rows` orders by: groups before schools before roles, as their numbers are.
MEMBERSHIPS = f"""
SELECT member.* FROM (
  SELECT 'class' AS kind, n, id, name, external_id, NULL AS assignable, NULL AS template, created, teamed
   FROM ({CLASSES})
  UNION ALL SELECT 'group', 1000000000 + n, id, name, NULL, assignable, NULL, NULL, 0 FROM other_group
   WHERE n IN (SELECT other_group FROM group_person WHERE person = :n)
  UNION ALL SELECT 'unit', 2000000000 + n, id, name, NULL, NULL, NULL, NULL, 0 FROM school
   WHERE n IN (SELECT school FROM enrolment WHERE person = :n)
  UNION ALL SELECT 'role', 3000000000 + n, id, name, NULL, NULL, template, NULL, 0 FROM directory_role
   WHERE n IN (SELECT role FROM role_holder WHERE person = :n AND unit IS NULL)) AS member
"""  # noqa: S608 -- nothing but constants
SCOPED_ROLES = """
SELECT role_holder.*, directory_role.id AS role_id, school.id AS unit_id, user.id AS person_id, user.display
  FROM role_holder JOIN directory_role ON directory_role.n = role_holder.role JOIN school ON school.n = unit
  JOIN user ON user.n = person WHERE person = :n
"""
