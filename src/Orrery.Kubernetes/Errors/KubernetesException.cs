namespace Orrery.Kubernetes;

/// <summary>Anything that keeps a call to a cluster from its answer. No message holds a token or a key.</summary>
public abstract class KubernetesException : Exception
{
    protected KubernetesException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>No answer: the connection could not be made, broke, or took too long.</summary>
public sealed class KubernetesUnreachableException(Uri server, string why, Exception? inner = null)
    : KubernetesException($"The API server at {server.Host}:{server.Port} cannot be reached: {why}", inner);

/// <summary>An answer that is not what the protocol promises, or larger than is taken.</summary>
public sealed class KubernetesProtocolException(string message, Exception? inner = null) : KubernetesException(message, inner);

/// <summary>A kubeconfig or an in-cluster identity that cannot be used; the message names the field.</summary>
public sealed class KubernetesConfigurationException(string message, Exception? inner = null) : KubernetesException(message, inner);
