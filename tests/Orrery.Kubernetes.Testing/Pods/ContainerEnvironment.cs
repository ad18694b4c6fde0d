using System.Text;
using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>Variables and arguments of a container, with Kubernetes' <c>$(NAME)</c> expansion.</summary>
internal static class ContainerEnvironment
{
    /// <exception cref="KeyNotFoundException">A secret is not there.</exception>
    public static Dictionary<string, string> Variables(JsonObject pod, JsonNode? container, ObjectStore store)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["HOME"] = "/root",
            ["HOSTNAME"] = pod.Text("spec", "hostname") ?? pod.Name(),
            ["KUBERNETES_SERVICE_HOST"] = "10.0.0.1",
        };
        foreach (var source in container.List("envFrom"))
        {
            foreach (var (name, value) in Secret(pod, source.Text("secretRef", "name"), store))
                variables[name] = value;
        }
        foreach (var variable in container.List("env"))
            variables[variable.Text("name")!] = Value(pod, variable, variables, store);
        return variables;
    }

    /// <summary>The command line.</summary>
    public static IReadOnlyList<string> Command(JsonNode? container, IReadOnlyDictionary<string, string> variables) =>
        [.. container.List("command").Concat(container.List("args")).Select(word => Expand(word!.ToString(), variables))];

    /// <summary><c>$(NAME)</c> is replaced when NAME is known, <c>$$</c> is one <c>$</c>, all else stays.</summary>
    internal static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        var expanded = new StringBuilder();
        var i = 0;
        while (i < text.Length)
        {
            var end = text[i] == '$' && i + 1 < text.Length && text[i + 1] == '(' ? text.IndexOf(')', i) : -1;
            if (text[i] == '$' && i + 1 < text.Length && text[i + 1] == '$')
            {
                expanded.Append('$');
                i += 2;
            }
            else if (end > 0 && variables.TryGetValue(text[(i + 2)..end], out var value))
            {
                expanded.Append(value);
                i = end + 1;
            }
            else
            {
                expanded.Append(text[i]);
                i++;
            }
        }
        return expanded.ToString();
    }

    private static string Value(JsonObject pod, JsonNode? variable, Dictionary<string, string> known, ObjectStore store)
    {
        if (variable.Text("valueFrom", "fieldRef", "fieldPath") is { } field)
            return Field(pod, field);
        if (variable.At("valueFrom", "secretKeyRef") is { } secret)
            return Secret(pod, secret.Text("name"), store)[secret.Text("key")!];
        return Expand(variable.Text("value") ?? "", known);
    }

    private static string Field(JsonObject pod, string field)
    {
        if (field.IndexOf('[') is > 0 and var bracket)
            return pod.Map(field[..bracket].Split('.')).GetValueOrDefault(field[(bracket + 1)..].Trim('\'', '"', ']'), "");
        return pod.Text(field.Split('.')) ?? "";
    }

    private static Dictionary<string, string> Secret(JsonObject pod, string? name, ObjectStore store)
    {
        var secret = store.Find(new ObjectKey("secrets", pod.Namespace(), name!)) ?? throw new KeyNotFoundException($"secret \"{name}\" not found");
        return secret.Map("data").ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(Convert.FromBase64String(pair.Value)), StringComparer.Ordinal);
    }
}
