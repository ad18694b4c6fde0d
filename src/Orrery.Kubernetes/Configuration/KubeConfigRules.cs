namespace Orrery.Kubernetes;

/// <summary>What a kubeconfig may use.</summary>
public enum KubeConfigRules
{
    /// <summary>Whatever there is: it is the operator's own.</summary>
    Everything,

    /// <summary>Inline data and tokens for an https server only: it came from a user. Programs, files, proxies and skipped checks are refused by name.</summary>
    InlineOnly,
}
