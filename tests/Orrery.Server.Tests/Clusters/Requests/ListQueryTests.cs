using Orrery.Server.Clusters.Requests;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Clusters.Requests;

public sealed class ListQueryTests
{
    [Fact]
    public void Nothing_asked_is_the_first_hundred_newest_first()
    {
        foreach (var nothing in new[] { "", "limit=&offset=&phase=&sortBy=&since=&order=" })
        {
            var filter = Parse(nothing).Filter!;
            (filter.Limit, filter.Offset, filter.Descending, filter.Sort.Column).ShouldBe((100, 0, true, "created_at"));
            (filter.WorkspaceId, filter.Since, filter.Phases.Count).ShouldBe((null, null, 0));
        }
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=10001", "limit")]
    [InlineData("limit=+5", "limit")]
    [InlineData("limit=5 ", "limit")]
    [InlineData("limit=1|2", "limit")]
    [InlineData("offset=-1", "offset")]
    [InlineData("offset=2147483648", "offset")]
    [InlineData("order=up", "order")]
    [InlineData("sortBy=nope", "sortBy")]
    [InlineData("sortBy=created_at; --", "sortBy")]
    [InlineData("since=yesterday", "since")]
    [InlineData("until=2026-02-30T00:00:00Z", "until")]
    [InlineData("phase=Bogus", "phase")]
    [InlineData("kind=pytorchjob", "kind")]
    [InlineData("userName=a\u0000", "userName")]
    public void What_cannot_be_read_is_told_by_its_name(string query, string field)
    {
        var result = Parse(query);
        result.Filter.ShouldBeNull();
        result.Errors.Keys.ShouldBe([field]);
    }

    [Theory]
    [InlineData("create_time", "created_at")]
    [InlineData("createTime", "created_at")]
    [InlineData("creationTime", "created_at")]
    [InlineData("startTime", "started_at")]
    [InlineData("end_time", "ended_at")]
    [InlineData("workloadId", "id")]
    [InlineData("displayName", "display_name")]
    [InlineData("dispatch_count", "run")]
    public void Sorting_takes_item_fields_in_both_spellings(string name, string column) => Parse($"sortBy={name}").Filter!.Sort.Column.ShouldBe(column);

    [Fact]
    public void Lists_are_split_and_times_may_have_offsets()
    {
        var filter = Parse("phase=Running, Updating,&kind=Authoring&since=2026-01-02T15:04:05.000Z&until=2026-01-02T15:04:05+02:00&order=asc").Filter!;
        filter.Phases.ShouldBe(["Running", "Updating"]);
        filter.Kinds.ShouldBe(["Authoring"]);
        filter.Since.ShouldBe(new DateTimeOffset(2026, 1, 2, 15, 4, 5, TimeSpan.Zero));
        filter.Until.ShouldBe(new DateTimeOffset(2026, 1, 2, 13, 4, 5, TimeSpan.Zero));
        filter.Descending.ShouldBeFalse();
    }

    [Fact]
    public void Unknown_names_are_kept_apart_and_everything_wrong_is_told_at_once()
    {
        Parse("page=2&LIMIT=5").Unknown.ShouldBe(["page", "LIMIT"]);
        Parse("limit=0&offset=-1&order=up").Errors.Keys.ShouldBe(["order", "limit", "offset"], ignoreOrder: true);
    }

    /// <summary>Pairs by &amp;, several values of one name by |.</summary>
    private static CheckedList Parse(string query) => ListQuery.Parse(
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => KeyValuePair.Create(pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..].Split('|'))));
}
