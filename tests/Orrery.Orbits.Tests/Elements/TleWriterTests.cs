using FsCheck.Fluent;

namespace Orrery.Orbits.Tests;

public class TleWriterTests
{
    [Fact]
    public void Elements_survive_being_written_and_read() =>
        Examples.Check(
            from elements in Examples.Satellites
            from units in Gen.Choose(0, int.MaxValue)
            from drag in Gen.Choose(-99_999, 99_999)
            from exponent in Gen.Choose(0, 9)
            from id in Gen.Choose(1, CatalogNumber.GreatestAlpha5)
            select elements with
            {
                NoradId = id,
                Epoch = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(units % 9_000).AddTicks(units % 100_000_000L * 8_640),
                BStar = double.Parse($"{(drag < 0 ? "-" : "")}0.{Normal(drag):D5}e-{exponent}"),
                MeanMotionDot = drag * 1e-8,
                ElementSetNumber = units % 10_000,
                RevolutionNumber = units % 100_000,
            },
            500,
            elements =>
            {
                var back = TleReader.Read(elements.ToTle()).ShouldHaveSingleItem();
                back.MeanMotionDot.ShouldBe(elements.MeanMotionDot, 1e-12);
                (back with { MeanMotionDot = elements.MeanMotionDot }).ShouldBe(elements);
                back.Fingerprint.ShouldBe(elements.Fingerprint);
            });

    [Fact]
    public void The_bundled_text_is_reproduced() =>
        BundledFleet.Satellites[0].Elements.ToTle().ShouldBe(
            "0 ISS (ZARYA)\n"
            + "1 25544U 98067A   26261.14280998  .00005718  00000+0  11125-3 0  9991\n"
            + "2 25544  51.6307 200.0361 0004822 152.4527 207.6718 15.49160218586162\n");

    [Fact]
    public void Values_finer_than_the_format_are_rounded_and_stay_in_range()
    {
        var fine = Examples.Iss with { Eccentricity = 0.99999999, MeanMotionDot = -0.999999999, BStar = 0.0999999999, RaanDeg = 359.99999 };
        var back = TleReader.Read(fine.ToTle()).ShouldHaveSingleItem();
        (back.Eccentricity, back.MeanMotionDot, back.BStar, back.RaanDeg).ShouldBe((0.9999999, -0.99999999, 0.1, 360));
    }

    [Fact]
    public void A_number_without_room_in_the_format_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => (Examples.Iss with { NoradId = 340_000 }).ToTle());

    [Fact]
    public void A_fingerprint_changes_with_each_element_and_not_with_the_name()
    {
        var iss = Examples.Iss;
        ElementSet[] changed =
        [
            iss, iss with { Epoch = iss.Epoch.AddTicks(10) }, iss with { RaanDeg = 1 }, iss with { BStar = 1 }, iss with { MeanAnomalyDeg = 1 },
            iss with { InclinationDeg = 1 }, iss with { Eccentricity = 0.1 }, iss with { ArgumentOfPerigeeDeg = 1 }, iss with { MeanMotionRevPerDay = 1 },
        ];
        changed.Select(e => e.Fingerprint).Distinct().Count().ShouldBe(changed.Length);
        (iss with { Name = "other" }).Fingerprint.ShouldBe(iss.Fingerprint);
    }

    /// <summary>A mantissa without leading zeros, as the format's writers give it.</summary>
    private static int Normal(int mantissa) => mantissa == 0 ? 0 : 10_000 + (Math.Abs(mantissa) % 90_000);
}
