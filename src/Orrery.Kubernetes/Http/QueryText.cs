using System.Globalization;
using System.Text;

namespace Orrery.Kubernetes.Http;

/// <summary>Builds a query; what is null or false is left out.</summary>
internal sealed class QueryText
{
    private readonly StringBuilder text = new();

    public QueryText Add(string name, string? value)
    {
        if (value is not null)
            text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public QueryText Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public QueryText Add(string name, bool value) => value ? Add(name, "true") : this;

    public override string ToString() => text.ToString();
}
