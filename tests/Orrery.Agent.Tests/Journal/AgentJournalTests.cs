using Orrery.Agent.Journal;
using Orrery.Agent.Tests.Fakes;
using Orrery.Contracts.Deployments;

namespace Orrery.Agent.Tests.Journal;

public sealed class AgentJournalTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orrery-journal-").FullName;

    private string File => Path.Combine(folder, "journal.jsonl");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_was_recorded_and_not_done_is_there_after_it_is_opened_again()
    {
        using (var journal = new AgentJournal(File))
        {
            journal.Begin(Plans.Of("compute"), Plans.Start);
            foreach (var key in new[] { "a", "b", "c" })
                await journal.Report("dep-1", Post(key), Ct);
            journal.Done("dep-1", ["a"]);
        }

        using var again = new AgentJournal(File);
        again.Oldest(10)!.Posts.Select(post => post.Key).ShouldBe(["b", "c"]);
        again.Current!.Position.Done.ShouldBe(["a", "b", "c"], ignoreOrder: true);
        again.Current.Since.ShouldBe(Plans.Start);
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_a_line_costs_that_line_only_wherever_it_tears()
    {
        using (var journal = new AgentJournal(File))
        {
            journal.Begin(Plans.Of("compute"), Plans.Start);
            await journal.Report("dep-1", Post("a"), Ct);
            await journal.Report("dep-1", Post("b"), Ct);
        }

        var whole = await System.IO.File.ReadAllBytesAsync(File, Ct);
        var last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (var length = last; length < whole.Length; length++)
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length], Ct);
            using (var torn = new AgentJournal(File))
            {
                torn.Oldest(10)!.Posts.Select(post => post.Key).ShouldBe(["a"]);
                await torn.Report("dep-1", Post("c"), Ct);
            }

            using var again = new AgentJournal(File);
            again.Oldest(10)!.Posts.Select(post => post.Key).ShouldBe(["a", "c"]);
        }
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("{\"kind\":\"journal\",\"version\":2}\n")]
    [InlineData("{\"kind\":\"journal\",\"version\":1}\n{\"kind\":\"event\"}\n")]
    public void A_file_that_is_no_journal_is_refused_and_left_as_it_is(string content)
    {
        System.IO.File.WriteAllText(File, content);
        Should.Throw<JournalException>(() => new AgentJournal(File)).Message.ShouldContain(File);
        System.IO.File.ReadAllText(File).ShouldBe(content);
    }

    [Fact]
    public async Task It_stays_small_and_forgets_no_key_of_the_stage_at_hand()
    {
        using (var journal = new AgentJournal(File))
        {
            journal.Begin(Plans.Of("compute"), Plans.Start);
            for (var i = 0; i < 600; i++)
            {
                await journal.Report("dep-1", Post($"k{i}"), Ct);
                journal.Done("dep-1", [$"k{i}"]);
            }

            await journal.Report("dep-1", Post("k0"), Ct);
            journal.HasPending.ShouldBeFalse();
        }

        (await System.IO.File.ReadAllLinesAsync(File, Ct)).Length.ShouldBeLessThan(600);
        using var again = new AgentJournal(File);
        again.Current!.Position.Done.Count.ShouldBe(600);
    }

    [Fact]
    public async Task The_end_of_a_stage_leaves_its_unsent_events()
    {
        using var journal = new AgentJournal(File);
        journal.Begin(Plans.Of("compute"), Plans.Start);
        await journal.Report("dep-1", Post("a"), Ct);
        journal.End("dep-1");
        journal.Current.ShouldBeNull();
        journal.Begin(Plans.Of("dep-2", 10, "compute"), Plans.Start);
        await journal.Report("dep-2", Post("a"), Ct);
        journal.Oldest(10)!.DeploymentId.ShouldBe("dep-1");
        journal.Done("dep-1", ["a"]);
        journal.Oldest(10)!.DeploymentId.ShouldBe("dep-2");
    }

    private static EventPost Post(string key) => new() { Type = "step.started", Key = key };
}
