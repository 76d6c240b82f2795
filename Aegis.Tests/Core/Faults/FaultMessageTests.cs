using System.Text.Json;
using Aegis.Core.Faults;

namespace Aegis.Tests.Core.Faults;

public sealed class FaultMessageTests
{
    public static TheoryData<Exception, string> Faults => new()
    {
        { new ArgumentException("0 rows; allowed: 1 or more.", "rows"), "0 rows; allowed: 1 or more." },
        { new ArgumentException("0 rows; allowed: 1 or more."), "0 rows; allowed: 1 or more." },
        { new ArgumentOutOfRangeException("days", 7, "Too many days."), "Too many days." },
        { new FormatException("It says (Parameter 'x') itself."), "It says (Parameter 'x') itself." },
        {
            new InvalidOperationException("Failed to convert configuration value 'none' at 'Scoring:ReserveMiB' to type 'System.Int32'."),
            "Scoring:ReserveMiB is 'none'; allowed: a whole number in range."
        },
        {
            new InvalidDataException(
                "DataAnnotation validation failed for 'ScoringOptions' members: 'ReserveMiB' with the error: 'ReserveMiB must be 1.'.; "
                + "DataAnnotation validation failed for 'ScoringOptions' members: 'RedisFolder' with the error: 'Scoring:RedisFolder is 'x'.'."),
            "ReserveMiB must be 1.; Scoring:RedisFolder is 'x'."
        },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Of_LeavesOutWhatIsForProgrammers(Exception fault, string message) => Assert.Equal(message, FaultMessage.Of(fault));

    [Theory]
    [InlineData("{\"Trees\":\n \"many\"}", "line 2: $.Trees is no whole number in range")]
    [InlineData("{\"Share\": true}", "line 1: $.Share is no number")]
    [InlineData("{\"Bushes\": 3}", "line 1: 'Bushes' is not known")]
    [InlineData("{\"Trees\": 3", "line 1: ")]
    [InlineData("[3]", "line 1: $ is no value of the kind that belongs there")]
    public void Of_JsonThatDoesNotFit_NamesPlaceAndKind(string json, string message)
    {
        var fault = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Options>(json));
        var plain = FaultMessage.Of(fault);
        Assert.StartsWith(message.Replace("'Bushes'", "Bushes", StringComparison.Ordinal), plain, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.Boolean", "true or false")]
    [InlineData("System.DateOnly", "a date such as 2025-01-31")]
    [InlineData("System.TimeSpan", "a time such as 00:01:30")]
    [InlineData("System.UInt64", "a whole number in range")]
    [InlineData("System.UInt32", "a whole number in range")]
    [InlineData("System.Int64", "a whole number in range")]
    [InlineData("System.Nullable`1[System.Int32]", "a whole number in range")]
    [InlineData("System.Single", "a number")]
    [InlineData("System.Decimal", "a number")]
    [InlineData("System.String", "a text")]
    [InlineData("System.Uri", "a value of the kind that belongs there")]
    public void Writer_OfAParsersMessage_SaysWhatIsAllowed(string type, string allowed)
    {
        using var text = new StringWriter();
        using var writer = new FaultWriter(text);
        writer.WriteLine($"Cannot parse argument 'maybe' for option '--x' as expected type '{type}'.");
        writer.Write("and");
        writer.Write('.');
        Assert.Equal($"--x is 'maybe'; allowed: {allowed}.{Environment.NewLine}and.", text.ToString());
    }

    [Theory]
    [InlineData("{\"Trees\": 3,}", "line 1: The JSON object contains a trailing comma at the end which is not supported in this mode")]
    [InlineData("{\"Trees\": \"x\"}", "line 1: $.Trees is no whole number in range")]
    public void Of_JsonThatDoesNotFit_IsNothingElse(string json, string message) =>
        Assert.Equal(message, FaultMessage.Of(Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Options>(json))));

    [Theory]
    [InlineData("{}", "'Name', 'Place' are missing")]
    [InlineData("{\"Name\":\"a\"}", "'Place' is missing")]
    public void Of_JsonWithoutWhatItNeeds_NamesIt(string json, string message) =>
        Assert.Equal(message, FaultMessage.Of(Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Needs>(json))));

    [Fact]
    public void Of_Nothing_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => FaultMessage.Of(null!));
        Assert.Throws<ArgumentNullException>(() => FaultMessage.IsOfASetting(null!));
    }

    [Fact]
    public void Writer_OfNothing_WritesNothing()
    {
        using var text = new StringWriter();
        using var writer = new FaultWriter(text);
        writer.Write((string?)null);
        writer.WriteLine((string?)null);
        Assert.Equal(Environment.NewLine, text.ToString());
    }

    [Fact]
    public void IsOfASetting_OfOtherFaults_IsFalse()
    {
        Assert.True(FaultMessage.IsOfASetting(
            new InvalidOperationException("Failed to convert configuration value 'x' at 'A:B' to type 'System.Int32'.")));
        Assert.False(FaultMessage.IsOfASetting(new InvalidOperationException("Sequence contains no elements")));
    }

    private sealed class Needs
    {
        public required string Name { get; init; }

        public required string Place { get; init; }
    }

    [System.Text.Json.Serialization.JsonUnmappedMemberHandling(System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow)]
    private sealed class Options
    {
        public int Trees { get; set; }

        public double Share { get; set; }
    }
}
