package io.claudeflux.message;

/** Something the model may call: a tool of the application, or one that the server runs. */
public sealed interface Tool permits CustomTool, UnknownTool {}
