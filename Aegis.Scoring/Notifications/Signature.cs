using System.Security.Cryptography;
using System.Text;

namespace Aegis.Scoring.Notifications;

/// <summary>Signs messages, so that a receiver knows who sent them and when.</summary>
internal static class Signature
{
    /// <summary>The header that holds it.</summary>
    public const string Header = "Aegis-Signature";

    private const int SecretBytes = 32;

    /// <summary>A new secret: 256 random bits.</summary>
    public static string NewSecret() => $"whsec_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes))}";

    /// <summary>The header's value: <c>t=UNIX SECONDS,v1=HEX</c>, with one v1 for each secret, over <c>t.body</c>.</summary>
    public static string Of(string body, DateTimeOffset at, IEnumerable<string> secrets)
    {
        var seconds = at.ToUnixTimeSeconds();
        var signed = Encoding.UTF8.GetBytes($"{seconds}.{body}");
        return $"t={seconds}{string.Concat(secrets.Select(
            secret => $",v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}"))}";
    }
}
