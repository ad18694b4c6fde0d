using System.Text;
using System.Text.Json.Nodes;

namespace Orrery.Orbits.Tests;

public class OmmReaderTests
{
    private const string Message = """
        {"OBJECT_NAME":"ISS (ZARYA)","OBJECT_ID":"1998-067A","EPOCH":"2026-09-18T03:25:38.782272","MEAN_MOTION":15.49160218,
        "ECCENTRICITY":".0004822","INCLINATION":51.6307,"RA_OF_ASC_NODE":200.0361,"ARG_OF_PERICENTER":152.4527,"MEAN_ANOMALY":207.6718,
        "EPHEMERIS_TYPE":0,"CLASSIFICATION_TYPE":"U","NORAD_CAT_ID":"25544","ELEMENT_SET_NO":999,"REV_AT_EPOCH":58616,"BSTAR":0.00011125,
        "MEAN_MOTION_DOT":5.718e-5,"MEAN_MOTION_DDOT":0}
        """;

    [Theory]
    [InlineData("{0}")]
    [InlineData("[{0}]")]
    public void A_message_says_what_the_two_lines_say(string form) =>
        Read(form.Replace("{0}", Message)).ShouldHaveSingleItem().ShouldBe(Examples.Iss);

    [Theory]
    [InlineData("NORAD_CAT_ID", "0", "NORAD_CAT_ID is 0, must be a whole number from 1 to 999999999")]
    [InlineData("NORAD_CAT_ID", "1.5", "NORAD_CAT_ID is 1.5, must be a whole number")]
    [InlineData("MEAN_MOTION", null, "MEAN_MOTION is missing")]
    [InlineData("MEAN_MOTION", "\"fast\"", "MEAN_MOTION 'fast' is not a number")]
    [InlineData("MEAN_MOTION", "0", "MEAN_MOTION is 0, must be above 0 and at most 18")]
    [InlineData("MEAN_MOTION", "\"NaN\"", "MEAN_MOTION is NaN, must be above 0")]
    [InlineData("ECCENTRICITY", "1", "ECCENTRICITY is 1, must be from 0 to below 1")]
    [InlineData("INCLINATION", "[1]", "INCLINATION must be a number or a string")]
    [InlineData("EPOCH", "\"yesterday\"", "EPOCH 'yesterday' must be a UTC time of the form 2026-09-18T03:25:38.782272")]
    [InlineData("OBJECT_ID", "\"98067A\"", "OBJECT_ID '98067A' must be of the form 1998-067A")]
    [InlineData("REF_FRAME", "\"ITRF\"", "REF_FRAME 'ITRF' must be TEME")]
    [InlineData("MEAN_ELEMENT_THEORY", "\"SGP4-XP\"", "MEAN_ELEMENT_THEORY 'SGP4-XP' must be SGP4")]
    public void A_wrong_member_is_named_with_the_message_it_is_in(string member, string? value, string problem)
    {
        var wrong = JsonNode.Parse(Message)!.AsObject();
        wrong.Remove(member);
        if (value is not null)
            wrong[member] = JsonNode.Parse(value);
        var fault = Should.Throw<ElementFormatException>(() => Read($"[{Message},{wrong.ToJsonString()}]"));
        (fault.Line, fault.Column, fault.Field).ShouldBe((2, null, member));
        fault.Message.ShouldStartWith($"Element set 2: {problem}");
    }

    [Theory]
    [InlineData("{", "Not JSON, at line 1 byte ")]
    [InlineData("3", "The JSON must be an OMM object or an array of them.")]
    [InlineData("[3]", "Element set 1: json must be an object.")]
    public void What_is_no_message_is_refused(string json, string message) =>
        Should.Throw<ElementFormatException>(() => Read(json)).Message.ShouldStartWith(message);

    [Fact]
    public void More_sets_than_the_limit_are_refused() =>
        Should.Throw<ElementFormatException>(() => OmmReader.Read(Encoding.UTF8.GetBytes($"[{Message},{Message}]"), 1)).Message.ShouldContain("more than 1");

    private static IReadOnlyList<ElementSet> Read(string json) => OmmReader.Read(Encoding.UTF8.GetBytes(json));
}
