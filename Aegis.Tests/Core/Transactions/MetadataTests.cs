using System.Text.Json;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class MetadataTests
{
    private static readonly CardTokeniser Tokeniser = new(new byte[CardTokeniser.KeyBytes]);
    private static readonly string Token = Tokeniser.Tokenise("4111111111111111")!.Value.Token;

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{ "order" : 4711, "tags": ["a", null, true, 1.50] }""", """{"order":4711,"tags":["a",null,true,1.50]}""")]
    [InlineData("""{"a":{"b":"\u00e9 \u0022"}}""", """{"a":{"b":"é \""}}""")]
    public void Read_KeepsTheContent(string sent, string kept)
    {
        Assert.Equal(kept, Read(sent));
        Assert.True(Metadata.IsMetadata(kept));
    }

    [Fact]
    public void Read_ExchangesCardNumbers_InNamesTextsAndNumbers() => Assert.Equal(
        $$"""{"{{Token}}":1,"a":["card {{Token}}","{{Token}}"]}""",
        Read("""{"4111-1111-1111-1111":1,"a":["card 4111 1111\u0020\u0031111 1111",4111111111111111]}"""));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    [InlineData("null")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":{"b":1,"b":2}}""")]
    [InlineData("""{"1":{"2":{"3":{"4":{"5":{"6":{"7":{"8":{}}}}}}}}}""")]
    public void Read_OfAnythingElse_IsRefused(string sent) => Assert.Null(Read(sent));

    [Fact]
    public void Read_EndsAt2048Bytes()
    {
        var frame = """{"a":""}""".Length;
        Assert.NotNull(Read($$"""{"a":"{{new string('x', Metadata.MaxBytes - frame)}}"}"""));
        Assert.Null(Read($$"""{"a":"{{new string('x', Metadata.MaxBytes - frame + 1)}}"}"""));
        Assert.Null(Read($$"""{"a":"{{new string('é', (Metadata.MaxBytes - frame) / 2 + 1)}}"}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{ }")]
    [InlineData("""{"a":"4111 1111 1111 1111"}""")]
    [InlineData("""{"a":"\ud800"}""")]
    public void IsMetadata_OfWhatReadNeverGives_IsFalse(string text) => Assert.False(Metadata.IsMetadata(text));

    private static string? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Metadata.Read(document.RootElement, Tokeniser);
    }
}
