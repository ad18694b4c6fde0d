namespace Orrery.Client.Http;

/// <summary>Warnings that an answer carries: <c>Warning: 299 - "text"</c>.</summary>
internal static class ResponseWarnings
{
    private const int Miscellaneous = 299;

    public static void Tell(HttpResponseMessage response, Action<string>? onWarning)
    {
        if (onWarning is null)
            return;
        foreach (var warning in response.Headers.Warning.Where(w => w.Code == Miscellaneous))
            onWarning(Unquoted(warning.Text));
    }

    private static string Unquoted(string text) =>
        (text is ['"', .., '"'] ? text[1..^1] : text).Replace("\\\"", "\"").Replace("\\\\", "\\");
}
