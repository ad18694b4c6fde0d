using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Requests;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Clusters.Requests;

public sealed partial class WorkloadNamesTests
{
    private const int LongestOfJobs = 52;
    private const int LongestOfServices = 48;

    [Theory]
    [InlineData("train", "train")]
    [InlineData("My Training", "my-training")]
    [InlineData("GPT__4 (test!)", "gpt-4-test")]
    [InlineData("--a--", "a")]
    [InlineData("7b", "w-7b")]
    [InlineData("Größe", "gr-e")]
    [InlineData("模型 v2", "v2")]
    [InlineData("a\u0000b", "a-b")]
    [InlineData("😀x😀y", "x-y")]
    [InlineData("", "")]
    [InlineData("---", "")]
    [InlineData("日本語", "")]
    [InlineData("٣", "")]
    public void A_name_is_normalised(string name, string stem) => WorkloadNames.Stem(name, WorkloadKinds.PyTorchJob).ShouldBe(stem);

    [Theory]
    [InlineData(WorkloadKinds.PyTorchJob, 46)]
    [InlineData(WorkloadKinds.Authoring, 46)]
    [InlineData(WorkloadKinds.Deployment, 42)]
    [InlineData(WorkloadKinds.StatefulSet, 42)]
    public void A_long_name_is_cut_and_never_ends_with_a_dash(string kind, int longest)
    {
        WorkloadNames.Stem(new string('a', 64), kind).ShouldBe(new string('a', longest));
        WorkloadNames.Stem(new string('a', longest - 1) + "-bbb", kind).ShouldBe(new string('a', longest - 1));
        WorkloadNames.Stem(new string('7', 64), kind).ShouldBe("w-" + new string('7', longest - 2));
    }

    [Fact]
    public void Every_id_is_a_label_with_a_random_end() => Prop.ForAll(Gen.Elements(WorkloadKinds.All.ToArray()).ToArbitrary(), ArbMap.Default.ArbFor<string>(), (kind, text) =>
    {
        if (WorkloadNames.Stem(text ?? "", kind).Length == 0)
            return;
        var id = WorkloadNames.NewId(text ?? "", kind);
        Id().IsMatch(id).ShouldBeTrue(id);
        id.ShouldNotContain("--");
        id.Length.ShouldBeLessThanOrEqualTo(WorkloadKinds.IsService(kind) ? LongestOfServices : LongestOfJobs);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_of_one_name_differ() =>
        Enumerable.Range(0, 100).Select(_ => WorkloadNames.NewId("same", WorkloadKinds.PyTorchJob)).Distinct().Count().ShouldBeGreaterThan(95);

    [GeneratedRegex("^[a-z][a-z0-9-]*-[bcdfghjklmnpqrstvwxz2456789]{5}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Id();
}
