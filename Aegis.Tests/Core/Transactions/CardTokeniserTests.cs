using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class CardTokeniserTests
{
    private readonly CardTokeniser _tokeniser = new(new byte[CardTokeniser.KeyBytes]);

    [Fact]
    public void Tokenise_DependsOnDigitsAndKeyOnly()
    {
        var other = new CardTokeniser([.. Enumerable.Repeat((byte)1, CardTokeniser.KeyBytes)]);
        var card = _tokeniser.Tokenise("4111 1111 1111 1111")!.Value;
        Assert.Equal(card, _tokeniser.Tokenise("4111111111111111"));
        Assert.NotEqual(card.Token, other.Tokenise("4111111111111111")!.Value.Token);
        Assert.Equal(("411111", "1111"), (card.Bin, card.LastFour));
        Assert.DoesNotContain("1111", card.Token, StringComparison.Ordinal);
        Assert.Null(_tokeniser.Tokenise("4111111111111112"));
    }

    [Fact]
    public void CardTokeniser_OfShortKey_IsRefused() => Assert.Throws<ArgumentException>(() => new CardTokeniser([1, 2, 3]));

    [Fact]
    public void Clean_ExchangesTheNumberAndKeepsTheRest()
    {
        var token = _tokeniser.Tokenise("4111111111111111")!.Value.Token;
        Assert.Equal($"shop {token}!", _tokeniser.Clean("shop 4111.1111.1111.1111!"));
        Assert.Equal(token, _tokeniser.Clean("4111111111111111D2912101"));
        Assert.Equal("m-0815", _tokeniser.Clean("m-0815"));
    }

    [Fact]
    public void Clean_OfAnIdentifierThatWouldGrowTooLong_GivesOneTokenForAll()
    {
        var identifier = "4111111111111111" + new string('x', 48);
        var clean = _tokeniser.Clean(identifier);
        Assert.Equal(24, clean.Length);
        Assert.Equal(clean, _tokeniser.Clean(identifier));
        Assert.NotEqual(clean, _tokeniser.Clean("5500000000000004" + new string('x', 48)));
    }
}
