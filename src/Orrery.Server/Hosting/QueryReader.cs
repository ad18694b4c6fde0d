using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orrery.Contracts.Json;
using Orrery.Server.Errors;

namespace Orrery.Server.Hosting;

/// <summary>Reads query parameters; a bad one is refused by its name.</summary>
internal sealed class QueryReader
{
    private readonly IQueryCollection query;

    /// <param name="query">The query; what is unknown in it is the caller's to tell.</param>
    public QueryReader(IQueryCollection query) => this.query = query;

    /// <param name="http">The request.</param>
    /// <param name="known">The parameters of the endpoint; another one is refused.</param>
    public QueryReader(HttpContext http, params ReadOnlySpan<string> known)
    {
        query = http.Request.Query;
        foreach (var name in query.Keys)
        {
            if (!known.Contains(name))
                throw Refuse.Invalid(Refuse.Shorten(name), $"is not a parameter here; there are: {string.Join(", ", known.ToArray())}");
        }
    }

    public string? Text(string name, int longest = 256)
    {
        if (!query.TryGetValue(name, out var values))
            return null;
        return values.Count == 1 && values[0] is { Length: > 0 } text && text.Length <= longest && !text.Any(char.IsControl)
            ? text
            : throw Refuse.Invalid(name, $"must be given once, 1 to {longest} printable characters");
    }

    public int Whole(string name, int fallback, int least, int most) => (int)Whole(name, (long)fallback, least, most);

    public long Whole(string name, long fallback, long least, long most)
    {
        if (!query.ContainsKey(name))
            return fallback;
        return long.TryParse(query[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Refuse.Invalid(name, $"must be a whole number from {least} to {most}");
    }

    public bool Flag(string name, bool fallback) =>
        !query.ContainsKey(name) ? fallback
        : bool.TryParse(query[name].ToString(), out var value) ? value
        : throw Refuse.Invalid(name, "must be true or false");

    public double Number(string name, double fallback, double least, double most)
    {
        if (!query.ContainsKey(name))
            return fallback;
        return double.TryParse(query[name].ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Refuse.Invalid(name, $"must be a number from {least} to {most}");
    }

    public DateTimeOffset? Time(string name)
    {
        if (!query.ContainsKey(name))
            return null;
        return EventTime.TryParse(query[name].ToString().Replace(' ', '+'), out var time)
            ? time.ToDateTimeOffset()
            : throw Refuse.Invalid(name, "must be an RFC 3339 time with an offset, like 2026-03-07T14:23:45Z");
    }
}
