using System.ComponentModel.DataAnnotations;
using Aegis.Streams;

namespace Aegis.Tests.Streams;

public sealed class StreamOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.True(IsValid(new StreamOptions()));

    [Theory]
    [InlineData(nameof(StreamOptions.ShardCount), 1, 1_024)]
    [InlineData(nameof(StreamOptions.ReadBatch), 1, 10_000)]
    [InlineData(nameof(StreamOptions.LiveFeedLength), 100, 1_000_000)]
    [InlineData(nameof(StreamOptions.LeaseMs), 500, 60_000)]
    [InlineData(nameof(StreamOptions.ConfirmReplicas), 0, 5)]
    [InlineData(nameof(StreamOptions.ConfirmTimeoutMs), 10, 60_000)]
    public void AnOption_IsValidFromItsLeastToItsMost(string name, int least, int most) => Assert.Equal(
        [false, true, true, false], new[] { least - 1, least, most, most + 1 }.Select(value =>
        {
            var options = new StreamOptions();
            typeof(StreamOptions).GetProperty(name)!.SetValue(options, value);
            return IsValid(options);
        }));

    private static bool IsValid(StreamOptions options) =>
        Validator.TryValidateObject(options, new ValidationContext(options), validationResults: null, validateAllProperties: true);
}
