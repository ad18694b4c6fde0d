using Microsoft.AspNetCore.Http;
using Orrery.Contracts.Runs;
using Orrery.Server.Errors;
using Orrery.Server.Hosting;

namespace Orrery.Server.Clusters.Endpoints;

/// <summary>The parameters of a web shell.</summary>
internal static class ShellQuery
{
    public static ShellRequest Parse(HttpContext http)
    {
        FieldValidation.Of(http, onlyParameter: true, "shell", "command", "tty", "cols", "rows", "container");
        var query = new QueryReader(http.Request.Query);
        if (query.Text("container", 16) is not (null or "main"))
            throw Refuse.Invalid("container", "must be main: a pod has no other container");
        return new ShellRequest(query.Text("shell", 16) ?? "sh")
        {
            Command = Command(http.Request.Query),
            HasTerminal = query.Flag("tty", true),
            Columns = query.Whole("cols", 80, 1, 1000),
            Rows = query.Whole("rows", 24, 1, 1000),
        };
    }

    /// <summary>Line breaks are welcome in it.</summary>
    private static string? Command(IQueryCollection query)
    {
        if (!query.TryGetValue("command", out var values))
            return null;
        return values.Count == 1 && values[0] is { Length: > 0 and <= ShellRequest.LongestCommand } command && !command.Contains('\0')
            ? command
            : throw Refuse.Invalid("command", $"must be given once, 1 to {ShellRequest.LongestCommand} characters of shell source");
    }
}
