namespace Aegis.MachineLearning.Calibration;

/// <summary>A generalised Pareto distribution of the excess over a high quantile (Pickands 1975): survival (1 + ξy/σ)^(-1/ξ).</summary>
/// <remarks>
/// A distribution with ξ &lt; 0 has an end, and values beyond it would have no order. So from <see cref="Reach"/> on,
/// beyond what the reference tells, -ln of the survival goes on as a straight line with the slope that it has there.
/// </remarks>
/// <param name="Shape">ξ, <see cref="MinShape"/> to <see cref="MaxShape"/>; 0 is exponential.</param>
/// <param name="Scale">σ, above 0, in units of the score.</param>
/// <param name="Reach">The -ln of the survival from which a tail with ξ below 0 goes on as a straight line.</param>
internal readonly record struct ParetoTail(double Shape, double Scale, double Reach)
{
    /// <summary>The least ξ; -1 is a uniform distribution.</summary>
    public const double MinShape = -2;

    /// <summary>The largest ξ. From 0.5 on a distribution has no variance.</summary>
    public const double MaxShape = 0.5;

    private const int MinForShape = 10;
    // A few wild scores must not stretch the tail for all others: a ξ of 1/3 puts one in 250 beyond 20 medians.
    private const double MaxMedians = 20;

    // Keeps products with any shape finite.
    private const double MaxScales = 1e300;

    /// <summary>Fits by probability-weighted moments (Hosking, Wallis 1987); with fewer than 10 excesses, by the mean alone.</summary>
    /// <param name="excesses">The excesses, ascending, above 0.</param>
    /// <param name="otherwise">The scale if there are no excesses.</param>
    /// <param name="reach">See <see cref="Reach"/>.</param>
    public static ParetoTail Fit(ReadOnlySpan<double> excesses, double otherwise, double reach)
    {
        if (excesses.IsEmpty)
        {
            return new ParetoTail(0, otherwise, reach);
        }

        var most = MaxMedians * excesses[excesses.Length / 2];
        double mean = 0, weighted = 0;
        for (var i = 0; i < excesses.Length; i++)
        {
            var excess = Math.Min(excesses[i], most) / excesses.Length;
            mean += excess;
            weighted += excess * (1 - ((i + 0.65) / excesses.Length));
        }

        if (!(mean > 0))
        {
            return new ParetoTail(0, otherwise, reach);
        }

        var shape = excesses.Length < MinForShape ? 0 : Math.Clamp(2 - (mean / (mean - (2 * weighted))), MinShape, MaxShape);
        return new ParetoTail(shape, mean * (1 - shape), reach);
    }

    /// <summary>-ln of the share beyond this excess: 0 at 0, finite and rising for any excess.</summary>
    public double NegativeLogSurvival(double excess)
    {
        var y = Math.Min(excess / Scale, MaxScales);
        var reached = Shape < 0 ? (Math.Exp(Shape * Reach) - 1) / Shape : double.PositiveInfinity;
        if (y > reached)
        {
            return Reach + ((y - reached) * Math.Exp(-Shape * Reach));
        }

        // For small x, ln(1 + x) has few exact digits.
        var x = Shape * y;
        return Math.Abs(x) < 1e-5 ? y * (1 - (x / 2)) : Math.Log(1 + x) / Shape;
    }
}
