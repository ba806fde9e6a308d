"""Every SELECT on emergency calls: `visible` starts from the actor, `reach` is who is called,
`standing` how the buildings stand."""
