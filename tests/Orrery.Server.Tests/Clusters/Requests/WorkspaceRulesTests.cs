using System.Text.Json;
using Orrery.Contracts.Clusters;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Workspaces;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Clusters.Requests;

public sealed class WorkspaceRulesTests
{
    private static readonly Workspace Fresh = new()
    {
        Id = "",
        DisplayName = "",
        ClusterId = "local",
        Settings = new WorkspaceSettings(),
        CreatedAt = new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero),
    };

    private static readonly Workspace Old = Fresh with
    {
        Id = "team",
        DisplayName = "Team",
        Group = "all",
        Members = ["u-1"],
        Settings = new WorkspaceSettings { Quota = new Amounts { CpuMillis = 4000 }, Fifo = true, Preemption = true },
    };

    [Theory]
    [InlineData("{}", "displayName,workspaceId")]
    [InlineData("""{"displayName":"日本"}""", "workspaceId")]
    [InlineData("""{"displayName":"x","workspaceId":"Team"}""", "workspaceId")]
    [InlineData("""{"displayName":"x","workspaceId":"a-"}""", "workspaceId")]
    [InlineData("""{"displayName":"x","clusterId":"mars"}""", "clusterId")]
    [InlineData("""{"displayName":"x","group":"A"}""", "group")]
    [InlineData("""{"displayName":"x","queuePolicy":"lifo"}""", "queuePolicy")]
    [InlineData("""{"displayName":"x","quota":{"cpu":"-1","memory":"x","gpu":"0.5"}}""", "quota.cpu,quota.gpu,quota.memory")]
    [InlineData("""{"displayName":"x","borrowingLimit":{"memory":"lots"}}""", "borrowingLimit.memory")]
    [InlineData("""{"displayName":"x","members":["u-9"]}""", "members")]
    [InlineData("""{"displayName":"x","members":[null]}""", "members")]
    [InlineData("""{"displayName":"x","admins":["*"]}""", "admins")]
    [InlineData("""{"displayName":"a\u0000"}""", "displayName")]
    public void A_new_one_is_refused_by_field(string body, string fields) =>
        string.Join(',', Check(body, Fresh).Errors.Keys.Order(StringComparer.Ordinal)).ShouldBe(fields);

    [Fact]
    public void A_new_one_takes_its_id_from_its_name_and_is_not_limited()
    {
        var workspace = Check("""{"displayName":"My Team","members":["*","u-1","u-1"],"quota":{"cpu":"0","gpu":""}}""", Fresh).Workspace!;
        (workspace.Id, workspace.DisplayName, workspace.ClusterId, workspace.Group).ShouldBe(("my-team", "My Team", "local", null));
        workspace.Members.ShouldBe(["*", "u-1"]);
        workspace.Settings.Quota.ShouldBe(new Amounts { CpuMillis = 0 });
        (workspace.Settings.Fifo, workspace.Settings.Preemption).ShouldBe((false, false));
    }

    [Fact]
    public void What_is_not_given_stays_and_an_id_is_not_changed()
    {
        Check("{}", Old).Workspace.ShouldBe(Old);
        Check("""{"workspaceId":"team","clusterId":"local"}""", Old).Workspace.ShouldBe(Old);
        Check("""{"workspaceId":"other","clusterId":"moon"}""", Old).Errors.Keys.ShouldBe(["workspaceId", "clusterId"], ignoreOrder: true);
        var changed = Check("""{"group":"","queuePolicy":"backfill","preemption":false,"members":[]}""", Old).Workspace!;
        (changed.Group, changed.Settings.Fifo, changed.Settings.Preemption, changed.Members.Count).ShouldBe((null, false, false, 0));
        changed.Settings.Quota.ShouldBe(Old.Settings.Quota);
    }

    [Theory]
    [InlineData("""{"members":["u-2"],"admins":["u-1"]}""", null)]
    [InlineData("""{"quota":{"cpu":"1"}}""", "Forbidden")]
    [InlineData("""{"displayName":"x"}""", "Forbidden")]
    [InlineData("""{"preemption":false}""", "Forbidden")]
    [InlineData("""{"preemption":false,"members":["u-9"]}""", "BadRequest")]
    public void Its_admins_change_people_only(string body, string? code)
    {
        var result = Check(body, Old, onlyMembers: true);
        (result.Workspace is null ? result.Code : null).ShouldBe(code);
    }

    [Fact]
    public void Unknown_members_warn_or_are_refused()
    {
        const string Body = """{"displayName":"x","color":"red","quota":{"cpus":"1"}}""";
        Check(Body, Fresh).Warnings.Count.ShouldBe(2);
        Check(Body, Fresh, strict: true).Errors.Keys.ShouldBe(["color", "quota.cpus"], ignoreOrder: true);
    }

    private static CheckedWorkspace Check(string body, Workspace current, bool onlyMembers = false, bool strict = false) => WorkspaceRules.Check(
        JsonSerializer.Deserialize(body, ClusterJson.Default.WorkspaceRequest)!, current, new Dictionary<string, string> { ["local"] = "local", ["k8s"] = "kubernetes" }, new HashSet<string> { "u-1", "u-2" }, onlyMembers, strict);
}
