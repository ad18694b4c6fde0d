using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orrery.Server.Errors;

namespace Orrery.Server.Identity;

/// <summary>Resolves the caller and checks the endpoint's rule before anything of the request is read.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, CallerResolver resolver)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is { } endpoint)
        {
            RefuseKeyInUrl(http);
            var rule = endpoint.Metadata.GetMetadata<AccessMetadata>()?.Rule ?? AccessRule.Admin;
            if (rule != AccessRule.Open && endpoint is RouteEndpoint) // routing's own 405 is for everybody
                http.User = await resolver.Resolve(http, rule);
        }
        await next(http);
    }

    private static void RefuseKeyInUrl(HttpContext http)
    {
        var query = http.Request.QueryString.Value;
        if (query is not null && (query.Contains("rs_live_", StringComparison.Ordinal) || query.Contains("rs_test_", StringComparison.Ordinal)))
            throw Refuse.Invalid("query", "an API key does not belong in a URL, where it is logged; send it as a header and revoke this one");
    }
}
