using Microsoft.AspNetCore.Http;
using Orrery.Server.Hosting;

namespace Orrery.Server.Clusters.Endpoints;

/// <summary>Which shell, and how large its terminal is.</summary>
internal sealed record ShellQuery(string Shell, int Columns, int Rows)
{
    public static ShellQuery Parse(HttpContext http)
    {
        FieldValidation.Of(http, onlyParameter: true, "shell", "cols", "rows", "container");
        var query = new QueryReader(http.Request.Query);
        return new ShellQuery(query.Text("shell", 16) ?? "sh", query.Whole("cols", 80, 1, 1000), query.Whole("rows", 24, 1, 1000));
    }
}
