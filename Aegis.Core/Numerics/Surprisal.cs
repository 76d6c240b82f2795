namespace Aegis.Core.Numerics;

/// <summary>Measures how surprising one of several kinds is.</summary>
internal static class Surprisal
{
    /// <summary>-ln of (the smoothed share (seen + 1/2) / (total + kinds/2), times the number of kinds). It is 0 for an
    /// even share and before the first value.</summary>
    public static float Of(double seen, double total, int kinds) => -MathF.Log((float)(kinds * (seen + 0.5) / (total + (kinds / 2.0))));
}
