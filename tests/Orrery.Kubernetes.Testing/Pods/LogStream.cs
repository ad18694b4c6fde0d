using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>Answers with a log.</summary>
internal static class LogStream
{
    public static async Task Write(HttpContext http, ContainerLife container)
    {
        var query = http.Request.Query;
        var log = container.Log;
        var since = DateTimeOffset.TryParse(query["sinceTime"], CultureInfo.InvariantCulture, out var asked) ? asked : DateTimeOffset.MinValue;
        since = since.AddTicks(-(since.Ticks % TimeSpan.TicksPerSecond)); // the server counts whole seconds
        var index = int.TryParse(query["tailLines"], out var tail) ? Math.Max(0, log.From(0).Lines.Count - tail) : 0;
        http.Response.ContentType = "text/plain";
        while (true)
        {
            var (lines, isOver, changed) = log.From(index);
            foreach (var (time, text) in lines.Where(line => line.Time >= since))
                await http.Response.WriteAsync(query["timestamps"] == "true" ? $"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff}00Z {text}" : text, http.RequestAborted);
            index += lines.Count;
            if (query["follow"] != "true" || isOver)
                return;
            if (lines.Count > 0)
                await http.Response.Body.FlushAsync(http.RequestAborted);
            await changed.WaitAsync(http.RequestAborted);
        }
    }
}
