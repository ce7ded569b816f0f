"""What was read: articles, versions, clusters, annotations, entities, events. Their tables are the schema core."""
