using Microsoft.AspNetCore.Http;
using Orrery.Contracts.Clusters;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Errors;

namespace Orrery.Server.Clusters.Endpoints;

/// <summary>One call for many workloads: every id is tried, and what failed is told by id.</summary>
internal static class Batches
{
    private const int Together = 32;

    public static async Task<IResult> Run(HttpContext http, Func<string, Task> act, bool oneByOne = false)
    {
        var request = await JsonBody.Read(http, ClusterJson.Default.BatchWorkloadsRequest);
        var validation = FieldValidation.Of(http, onlyParameter: true);
        var batch = BatchRules.Check(request);
        validation.Check(batch.Errors, batch.Unknown);
        var results = new BatchWorkloadResult[batch.Ids.Count];
        await Parallel.ForAsync(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = oneByOne ? 1 : Together }, async (i, _) => results[i] = await Try(batch.Ids[i], act));
        Warnings.Write(http, validation, batch.Unknown.Select(name => $"unknown field '{name}'"));
        return results.All(result => result.Status == StatusCodes.Status200OK)
            ? TypedResults.Ok()
            : TypedResults.Json(new BatchWorkloadsResponse(results), ClusterJson.Default.BatchWorkloadsResponse, statusCode: StatusCodes.Status207MultiStatus);
    }

    private static async Task<BatchWorkloadResult> Try(string id, Func<string, Task> act)
    {
        try
        {
            await act(id);
            return new BatchWorkloadResult(id, StatusCodes.Status200OK, "", "");
        }
        catch (ApiException refusal)
        {
            return new BatchWorkloadResult(id, refusal.Status, refusal.Code, refusal.Message);
        }
    }
}
