using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Orrery.Contracts.Clusters;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Endpoints;
using Orrery.Server.Errors;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Clusters;

public sealed class BatchesTests
{
    [Fact]
    public async Task All_well_is_200_without_a_body_and_one_id_twice_is_done_once()
    {
        var done = new ConcurrentBag<string>();
        var result = await Batches.Run(Call("""{"workloadIds":["a","b","a"]}"""), id => Note(done, id));
        result.ShouldBeOfType<Ok>();
        done.Order().ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Every_id_is_tried_and_what_failed_is_told_in_order()
    {
        var done = new ConcurrentBag<string>();
        var result = await Batches.Run(Call("""{"workloadIds":["a","none","busy","b"]}"""), id => id switch
        {
            "none" => throw ClusterRefusals.WorkloadNotFound(id),
            "busy" => throw ClusterRefusals.Conflict("changes too quickly"),
            _ => Note(done, id),
        });
        var json = result.ShouldBeOfType<JsonHttpResult<BatchWorkloadsResponse>>();
        json.StatusCode.ShouldBe(207);
        json.Value!.Results.Select(one => (one.WorkloadId, one.Status, one.ErrorCode)).ShouldBe(
            [("a", 200, ""), ("none", 404, "WorkloadNotFound"), ("busy", 409, "Conflict"), ("b", 200, "")]);
        done.Order().ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"workloadIds":[]}""")]
    [InlineData("""{"workloadIds":[""]}""")]
    [InlineData("""{"workloadIds":[null]}""")]
    public async Task A_batch_of_nothing_is_refused(string body) =>
        (await Should.ThrowAsync<ApiException>(() => Batches.Run(Call(body), _ => Task.CompletedTask))).Status.ShouldBe(400);

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public async Task A_batch_has_500_ids_at_most(int count, bool taken)
    {
        var ids = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"w{i}\""));
        var done = new ConcurrentBag<string>();
        var run = () => Batches.Run(Call($$"""{"workloadIds":[{{ids}}]}"""), id => Note(done, id));
        if (taken)
            await run();
        else
            (await Should.ThrowAsync<ApiException>(run)).Status.ShouldBe(400);
        done.Count.ShouldBe(taken ? count : 0);
    }

    private static Task Note(ConcurrentBag<string> done, string id)
    {
        done.Add(id);
        return Task.CompletedTask;
    }

    private static DefaultHttpContext Call(string body)
    {
        var http = new DefaultHttpContext();
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return http;
    }
}
