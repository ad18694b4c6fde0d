using FsCheck;
using FsCheck.Fluent;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Tests.Timeline;

public sealed class CurveTests
{
    private static readonly Curve Example = new([new(10, 20, 10, 0), new(30, 40, 20, 1)]);

    [Theory]
    [InlineData(0, 5, 15)]
    [InlineData(0, 10, 20)]
    [InlineData(0, 12, 31)]
    [InlineData(15, 7, 31)]
    [InlineData(20, 0, 20)]
    [InlineData(25, 20, 40)]
    [InlineData(25, 21, double.PositiveInfinity)]
    public void Work_ends_when_its_amount_is_done(double from, double amount, double end) => Example.Finish(from, amount).ShouldBe(end);

    [Fact]
    public void Taken_times_do_nothing() =>
        Example.Without([new(0, 12), new(15, 35)]).Pieces(0, 100).ShouldBe([new(12, 15, 3, 0), new(35, 40, 10, 1)]);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0, 12)]
    [InlineData(12, 15)]
    [InlineData(15, 35)]
    [InlineData(20, 30)]
    [InlineData(10, 40)]
    [InlineData(36, 90)]
    [InlineData(35, 35)]
    [InlineData(50, 60)]
    public void The_cells_of_a_time_do_what_is_done_in_it(double from, double to)
    {
        var within = Example.Within(new(from, to));

        within.Sum(cell => cell.Amount).ShouldBe(Example.At(to) - Example.At(from), 1e-9);
        within.ShouldAllBe(cell => from <= cell.Start && cell.Start < cell.End && cell.End <= to);
    }

    [Fact]
    public void A_rate_that_grows_does_less_at_first()
    {
        var growing = new Curve([new(0, 10, 10, 0, Slope: 0.2)]);

        growing.Finish(0, 2.5).ShouldBe(5, 1e-12);
        growing.At(5).ShouldBe(2.5, 1e-12);
        growing.Without([new(0, 5)]).Finish(0, 7.5).ShouldBe(10, 1e-12);
    }

    [Fact]
    public void Pieces_add_up_to_the_work() => Prop.ForAll(Gen.Choose(0, 4000).ToArbitrary(), Gen.Choose(1, 3000).ToArbitrary(), (from, amount) =>
    {
        var end = Example.Finish(from / 100.0, amount / 100.0);
        if (double.IsFinite(end))
            Example.Pieces(from / 100.0, end).Sum(piece => piece.Amount).ShouldBe(amount / 100.0, 1e-6);
    }).QuickCheckThrowOnFailure();
}
