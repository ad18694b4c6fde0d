using System.Net;
using Orrery.Client.Http;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;

namespace Orrery.Client.Deployments;

/// <summary>Posts an array of events and reads its three answers: all taken, some refused, refused as a whole.</summary>
internal static class EventReport
{
    public static async Task<EventsPartlyPosted> Send(
        ApiConnection connection, string deploymentId, IReadOnlyList<EventPost> events,
        IReadOnlyDictionary<string, string> headers, CancellationToken cancellation)
    {
        var path = $"/api/deployments/{QueryText.Segment(deploymentId)}/events";
        var request = ApiRequest.Post(path, [.. events], WireJson.Default.ListEventPost) with { Headers = headers };
        using var response = await connection.Open(request, cancellation).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.MultiStatus)
            return await ResponseBody.Read(response, WireJson.Default.EventsPartlyPosted, cancellation).ConfigureAwait(false);
        var posted = await ResponseBody.Read(response, WireJson.Default.EventsPosted, cancellation).ConfigureAwait(false);
        return new([.. posted.Ids.Select(id => new EventPostResult((int)HttpStatusCode.Created, id, null))], posted.DeploymentStatus);
    }
}
