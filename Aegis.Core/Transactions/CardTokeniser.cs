using System.Security.Cryptography;
using System.Text;

namespace Aegis.Core.Transactions;

/// <summary>A card as Aegis knows it: the token, and the parts of the number that may be kept.</summary>
/// <param name="Token">The token, stable under one key.</param>
/// <param name="Bin">The first six digits.</param>
/// <param name="LastFour">The last four digits.</param>
public readonly record struct TokenisedCard(string Token, string Bin, string LastFour);

/// <summary>Exchanges card numbers for keyed tokens: base64url of the first 18 bytes of HMAC-SHA256(key, digits).</summary>
public sealed class CardTokeniser
{
    /// <summary>The key's length in bytes.</summary>
    public const int KeyBytes = 32;

    private const int TokenBytes = 18;

    private readonly byte[] _key;

    /// <param name="key">The secret, <see cref="KeyBytes"/> long, shared by every process that tokenises.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public CardTokeniser(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length != KeyBytes)
        {
            throw new ArgumentException($"The token key has {key.Length} bytes; allowed: {KeyBytes}.", nameof(key));
        }

        _key = key;
    }

    /// <summary>Exchanges a number that its sender calls a card number, of whatever network.</summary>
    /// <returns>Null where <paramref name="pan"/> is not 12 to 19 digits that pass the Luhn check.</returns>
    public TokenisedCard? Tokenise(string pan)
    {
        if (CardNumbers.Normalise(pan) is not { } digits || !CardNumbers.PassesLuhn(digits))
        {
            return null;
        }

        return new TokenisedCard(Token(digits), digits[..6], digits[^4..]);
    }

    /// <summary>Exchanges every card number inside a text for its token; letters and separators around it stay.</summary>
    /// <param name="text">A merchant's or device's id, or a text for people.</param>
    /// <param name="maxLength">The largest number of characters of such a text.</param>
    /// <returns>The same text for the same text; at most <paramref name="maxLength"/> characters where it had no more.</returns>
    public string Clean(string text, int maxLength = TransactionRules.MaxIdentifierLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = CardNumbers.Replace(text, digits => Tokenise(digits)!.Value.Token);
        return clean.Length <= maxLength || text.Length > maxLength ? clean : Token(text);
    }

    private string Token(string text)
    {
        var hash = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(hash, 0, TokenBytes).Replace('+', '-').Replace('/', '_');
    }
}
