using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orrery.Kubernetes.Credentials;

/// <summary>Reads PEM without ever saying what was in it.</summary>
internal static class Pem
{
    /// <exception cref="KubernetesConfigurationException">There is no certificate in it.</exception>
    public static X509Certificate2Collection Authorities(string pem, string where)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            throw new KubernetesConfigurationException($"The certificate authority {where} is not PEM.");
        }
        return certificates.Count > 0 ? certificates : throw new KubernetesConfigurationException($"The certificate authority {where} has no certificate.");
    }

    /// <exception cref="KubernetesConfigurationException">They are not PEM, or do not belong together.</exception>
    public static X509Certificate2 KeyPair(string certificate, string key, string where)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new KubernetesConfigurationException($"The client certificate and key {where} are not PEM or do not belong together.");
        }
    }
}
