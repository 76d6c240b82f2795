namespace Aegis.Core.Numerics;

/// <summary>exp and ln from IEEE 754 basic operations alone, with the same bits on every machine. <see cref="Math"/>
/// uses the platform's library instead.</summary>
internal static class PortableMath
{
    private const double Ln2 = 0.693147180559945309417232;

    // Ln2 in two parts, so that k * Ln2High is exact for every k that occurs.
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double MaxExponent = 700;

    /// <summary>e^x within some units in the last place; x is limited to ±700.</summary>
    public static double Exp(double x)
    {
        x = Math.Clamp(x, -MaxExponent, MaxExponent);
        var k = Math.Floor((x / Ln2) + 0.5);
        var r = x - (k * Ln2High) - (k * Ln2Low);

        // Taylor's series by Horner. |r| is at most ln 2 / 2, so the 14th term is below 1e-17.
        var sum = 1 + (r * (1.0 / 13));
        for (var n = 12; n > 0; n--)
        {
            sum = 1 + (r * sum * Reciprocals[n]);
        }

        return sum * BitConverter.Int64BitsToDouble((1023 + (long)k) << 52);
    }

    /// <summary>ln x within some units in the last place, for normal numbers above zero.</summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xfffffffffffff) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        // ln m = 2 artanh((m - 1) / (m + 1)), |s| below 0.172.
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        double sum = 0;
        for (var n = 19; n > 0; n -= 2)
        {
            sum = (sum * square) + Reciprocals[n];
        }

        return (exponent * Ln2) + (2 * s * sum);
    }

    private static readonly double[] Reciprocals = [0, .. Enumerable.Range(1, 19).Select(n => 1.0 / n)];
}
