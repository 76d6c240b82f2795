using Aegis.Core.Transactions;

namespace Aegis.Tests.Core;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData("4111111111111111", true)]
    [InlineData("4111 1111 1111 1111", true)]
    [InlineData("5500-0000-0000-0004", true)]
    [InlineData("4111111111111112", false)]
    [InlineData("411111", false)]
    [InlineData("4111x11111111111", false)]
    public void IsCardNumber_ChecksShapeAndLuhn(string text, bool expected) => Assert.Equal(expected, CardNumbers.IsCardNumber(text));

    [Theory]
    [InlineData("pan 4111111111111111 end", "pan 411111…1111 end")]
    [InlineData("4111 1111 1111 1111", "411111…1111")]
    [InlineData("order 1234567890123456 stays", "order 1234567890123456 stays")]
    [InlineData("no digits", "no digits")]
    [InlineData("4111111111111111 12/27", "411111…1111 12/27")]
    [InlineData("4111 1111 1111 1111 123", "411111…1111 123")]
    [InlineData("94111111111111111", "9411111…1111")]
    public void Mask_ReplacesCardNumbersOnly(string text, string expected) => Assert.Equal(expected, CardNumbers.Mask(text));

    [Theory]
    [InlineData("dev-4111 1111 1111 1111", true)]
    [InlineData("tok_378282246310005", true)]
    [InlineData("a378282246310005f", false)]
    [InlineData("1234567890123456789", false)]
    [InlineData("018f3c5e-7d2a-7c3b-9e4f-123456789012", false)]
    public void Contains_FindsCardNumbersAmongOtherText(string text, bool expected) => Assert.Equal(expected, CardNumbers.Contains(text));

    [Fact]
    public void Tokenise_DependsOnDigitsAndKeyOnly()
    {
        var tokeniser = new CardTokeniser(new byte[CardTokeniser.KeyBytes]);
        var other = new CardTokeniser([.. Enumerable.Repeat((byte)1, CardTokeniser.KeyBytes)]);
        var card = tokeniser.Tokenise("4111 1111 1111 1111")!.Value;
        Assert.Equal(card, tokeniser.Tokenise("4111111111111111"));
        Assert.NotEqual(card.Token, other.Tokenise("4111111111111111")!.Value.Token);
        Assert.Equal(("411111", "1111"), (card.Bin, card.LastFour));
        Assert.DoesNotContain("1111", card.Token, StringComparison.Ordinal);
        Assert.Null(tokeniser.Tokenise("4111111111111112"));
    }

    [Fact]
    public void CardTokeniser_OfShortKey_IsRefused() => Assert.Throws<ArgumentException>(() => new CardTokeniser([1, 2, 3]));

    [Theory]
    [InlineData("4111 1111-1111 1111", true)]
    [InlineData("order 4111111111111111 x", true)]
    [InlineData("123456789012", false)]
    [InlineData("1234567890123", true)]
    [InlineData("tok_3fa85f6457174562b3fc2c963f66afa6", false)]
    public void MayStandIn_IsFalseOnlyWhereThirteenDigitsHaveNoRoom(string text, bool expected) =>
        Assert.Equal(expected, CardNumbers.MayStandIn(System.Text.Encoding.ASCII.GetBytes(text)));
}
