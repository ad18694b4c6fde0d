namespace Orrery.Node;

/// <summary>The node process does not answer, or refuses; the message says why.</summary>
public sealed class NodeException(string message, Exception? inner = null) : Exception(message, inner);
