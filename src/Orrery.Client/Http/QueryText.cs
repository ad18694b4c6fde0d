using System.Text;
using Orrery.Contracts.Json;

namespace Orrery.Client.Http;

/// <summary>Builds a path with its query; what is null is left out.</summary>
internal sealed class QueryText(string path)
{
    private readonly StringBuilder text = new(path);
    private char separator = '?';

    public static string Segment(string value) => Uri.EscapeDataString(value);

    public QueryText Add(string name, string? value)
    {
        if (value is null)
            return this;
        text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        separator = '&';
        return this;
    }

    public QueryText Add(string name, double? value) => Add(name, value?.ToString());

    public QueryText Add(string name, long? value) => Add(name, value?.ToString());

    public QueryText Add(string name, DateTimeOffset? value) => Add(name, value is { } time ? UtcTimeConverter.Text(time) : null);

    public override string ToString() => text.ToString();
}
