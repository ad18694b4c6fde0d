namespace Orrery.Agent.Journal;

/// <summary>The journal in the data folder is not one that this agent can read; nothing was changed.</summary>
public sealed class JournalException(string path, int line, string problem, Exception? inner = null)
    : IOException($"{path}, line {line}: {problem}. Move the file away to start without what it holds.", inner);
