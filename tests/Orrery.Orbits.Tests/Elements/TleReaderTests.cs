namespace Orrery.Orbits.Tests;

public class TleReaderTests
{
    private const string One = "1 25544U 98067A   26261.14280998  .00005718  00000+0  11125-3 0  9991";
    private const string Two = "2 25544  51.6307 200.0361 0004822 152.4527 207.6718 15.49160218586162";

    [Fact]
    public void Every_field_is_read()
    {
        var set = TleReader.Read($"ISS (ZARYA)\r\n{One}\r\n{Two}\r\n").ShouldHaveSingleItem();
        set.ShouldBe(new ElementSet
        {
            NoradId = 25544,
            Name = "ISS (ZARYA)",
            InternationalDesignator = "98067A",
            Epoch = new DateTimeOffset(2026, 9, 18, 3, 25, 38, TimeSpan.Zero).AddTicks(7_822_720),
            InclinationDeg = 51.6307,
            RaanDeg = 200.0361,
            Eccentricity = 0.0004822,
            ArgumentOfPerigeeDeg = 152.4527,
            MeanAnomalyDeg = 207.6718,
            MeanMotionRevPerDay = 15.49160218,
            MeanMotionDot = 0.00005718,
            BStar = 0.00011125,
            ElementSetNumber = 999,
            RevolutionNumber = 58616,
        });
    }

    [Theory]
    [InlineData("{1}\n{2}", "NORAD 25544")]
    [InlineData("0 ISS\n{1}\n{2}", "ISS")]
    [InlineData("\n  ISS  \n\n{1}   \n{2}\n\n", "ISS")]
    [InlineData("1 BEST SATELLITE\n{1}\n{2}", "1 BEST SATELLITE")]
    public void Names_are_read_with_and_without_a_zero(string form, string name) =>
        TleReader.Read(form.Replace("{1}", One).Replace("{2}", Two)).ShouldHaveSingleItem().Name.ShouldBe(name);

    [Theory]
    [InlineData("A0000", 100_000)]
    [InlineData("H1234", 171_234)]
    [InlineData("J5678", 185_678)]
    [InlineData("P0001", 230_001)]
    [InlineData("Z9999", 339_999)]
    [InlineData("00005", 5)]
    public void A_letter_stands_for_the_leading_digits(string columns, int id)
    {
        var set = TleReader.Read($"{Put(One, 3, columns)}\n{Put(Two, 3, columns)}").ShouldHaveSingleItem();
        set.NoradId.ShouldBe(id);
        set.ToTle().ShouldContain($"1 {columns}U");
    }

    [Theory]
    [InlineData(1, 3, "I0001", 3, "catalogue number 'I0001' must be five digits, or a letter other than I and O and four digits")]
    [InlineData(1, 8, "X", 8, "classification 'X' must be U, C or S")]
    [InlineData(1, 19, "xx", 19, "epoch year 'xx' must be two digits")]
    [InlineData(1, 21, "366.00000000", 21, "epoch day is 366.00000000, must be from 1 to below 366 in 2026")]
    [InlineData(1, 21, "26x.14280998", 21, "epoch day '26x.14280998' is not a number of the form '261.14280998'")]
    [InlineData(1, 34, " .0000x718", 34, "first derivative of mean motion ' .0000x718' is not a number")]
    [InlineData(1, 54, " 1112x-3", 54, "drag term ' 1112x-3' is not a number of the form ' 11125-3'")]
    [InlineData(1, 65, " 9x9", 65, "element set number ' 9x9' must be a whole number")]
    [InlineData(2, 3, "25545", 3, "catalogue number '25545' must be that of line 1, '25544'")]
    [InlineData(2, 9, "180.0001", 9, "inclination is 180.0001, must be from 0 to 180")]
    [InlineData(2, 9, " -1.0000", 9, "inclination is -1, must be from 0 to 180")]
    [InlineData(2, 18, "360.0001", 18, "right ascension of the ascending node is 360.0001, must be from 0 to 360")]
    [InlineData(2, 27, "00x4822", 27, "eccentricity '00x4822' is not a number of the form '0004822'")]
    [InlineData(2, 35, "400.0000", 35, "argument of perigee is 400, must be from 0 to 360")]
    [InlineData(2, 44, "abc     ", 44, "mean anomaly 'abc     ' is not a number of the form '207.6718'")]
    [InlineData(2, 53, " 0.00000000", 53, "mean motion is 0, must be above 0 and at most 18")]
    [InlineData(2, 53, "19.00000000", 53, "mean motion is 19, must be above 0 and at most 18")]
    [InlineData(2, 64, "5 616", 64, "revolution number '5 616' must be a whole number")]
    public void A_wrong_field_is_named_with_its_line_and_column(int line, int at, string columns, int column, string problem)
    {
        var (one, two) = line == 1 ? (Put(One, at, columns), Two) : (One, Put(Two, at, columns));
        var fault = Should.Throw<ElementFormatException>(() => TleReader.Read($"ISS\n{one}\n{two}"));
        (fault.Line, fault.Column).ShouldBe((line + 1, (int?)column));
        fault.Message.ShouldStartWith($"Line {line + 1}, column {column}: {problem}");
    }

    [Theory]
    [InlineData("ISS\n{1}\n", "Line 3: the text ends within an element set; line 2 is missing.")]
    [InlineData("ISS\n", "Line 2: the text ends within an element set; line 1 is missing.")]
    [InlineData("{2}\n{1}", "Line 1, column 1: line number '2' must follow a line 1.")]
    [InlineData("{1}\n{1}", "Line 2, column 1: line number '1' must be 2.")]
    [InlineData("ISS\nCSS\n", "Line 2, column 1: line number 'C' must be 1, the first line of the elements of ISS.")]
    [InlineData("1 25544U 98067A\n{2}", "Line 1: line has 15 columns, must have 69.")]
    [InlineData("IS\u001bS\n{1}\n{2}", "Line 1, column 1: name must have 1 to 100 characters, none of them control characters.")]
    [InlineData("ISS\n{1}\n2 25544", "Line 3: line has 7 columns, must have 69.")]
    public void Lines_out_of_order_are_named(string form, string message) =>
        Should.Throw<ElementFormatException>(() => TleReader.Read(form.Replace("{1}", One).Replace("{2}", Two))).Message.ShouldBe(message);

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        var fault = Should.Throw<ElementFormatException>(() => TleReader.Read($"{One[..^1]}3\n{Two}"));
        (fault.Line, fault.Column, fault.Field).ShouldBe((1, 69, "checksum"));
        fault.Message.ShouldBe("Line 1, column 69: checksum '3' must be 1 for the line as it stands.");
    }

    [Fact]
    public void More_sets_than_the_limit_are_refused()
    {
        var text = string.Concat(Enumerable.Repeat($"{One}\n{Two}\n", 3));
        TleReader.Read(text, 3).Count.ShouldBe(3);
        Should.Throw<ElementFormatException>(() => TleReader.Read(text, 2)).Message.ShouldBe("Line 5: there are more than 2 element sets.");
    }

    [Fact]
    public void An_empty_text_has_no_elements() => TleReader.Read(" \n\n").ShouldBeEmpty();

    private static string Put(string line, int column, string columns)
    {
        var changed = line[..(column - 1)] + columns + line[(column - 1 + columns.Length)..];
        return changed[..^1] + TleLine.Checksum(changed);
    }
}
