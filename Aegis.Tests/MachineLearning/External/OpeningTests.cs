using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.External;

namespace Aegis.Tests.MachineLearning.External;

public sealed class OpeningTests
{
    [Fact]
    public void Of_WhatGoesWell_IsItsResult() => Assert.Equal(7, Opening.Of("m", "fails", () => 7));

    [Theory]
    [InlineData("No such column.", "No such column.")]
    [InlineData("[ErrorCode:InvalidProtobuf] Load model failed", "Load model failed")]
    [InlineData("Schema mismatch (Parameter 'schema')", "Schema mismatch")]
    [InlineData("  First line\nsecond line", "First line")]
    [InlineData("[] empty brackets", "empty brackets")]
    [InlineData("[open", "[open")]
    [InlineData(" (Parameter 'x')", "(Parameter 'x')")]
    public void Of_WhatFails_SaysWhyInPlainWords(string message, string plain) =>
        Assert.Equal($"The model 'm' cannot be run: {plain}", Refusal(new InvalidOperationException(message)));

    [Fact]
    public void Of_WhatFailsWithin_NamesTheInnermostCause() => Assert.Equal(
        "The model 'm' cannot be run: disk is full",
        Refusal(new InvalidOperationException("outer", new AggregateException(new IOException("disk is full")))));

    [Fact]
    public void Of_ARefusal_LeavesItAsItIs()
    {
        var refusal = new FraudModelFormatException("as it is");
        Assert.Same(refusal, Assert.Throws<FraudModelFormatException>(() => Opening.Of<int>("m", "fails", () => throw refusal)));
    }

    private static string Refusal(Exception fault) =>
        Assert.Throws<FraudModelFormatException>(() => Opening.Of<int>("m", "cannot be run", () => throw fault)).Message;
}
