using System.Numerics;
using Aegis.MachineLearning.Calibration;

namespace Aegis.MachineLearning.Bundles;

/// <summary>Judges the numbers of a part that was read from a file. A refusal names the part, the value and what is
/// allowed.</summary>
internal static class PartRules
{
    /// <summary>Centres lie between minus this and this. No feature comes near it.</summary>
    public const float MaxCentre = 1e12f;

    /// <summary>The least scale. A smaller one would turn any difference into infinity.</summary>
    public const float MinScale = 1e-9f;

    /// <summary>The largest scale.</summary>
    public const float MaxScale = 1e12f;

    /// <summary>The values themselves, if all lie in a range.</summary>
    /// <param name="values">The values.</param>
    /// <param name="least">The least one allowed.</param>
    /// <param name="most">The largest one allowed.</param>
    /// <param name="part">The values' name in error texts, for example <c>the scaler's centres</c>.</param>
    /// <exception cref="FormatException">A value is out of range or NaN.</exception>
    public static T[] InRange<T>(T[] values, T least, T most, string part)
        where T : INumber<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= least && values[i] <= most))
            {
                throw new FormatException(
                    FormattableString.Invariant($"Value {i} of {part} is {values[i]}; allowed: {least} to {most}."));
            }
        }

        return values;
    }

    /// <summary>The scores themselves, if each is a number not below the one before it.</summary>
    /// <exception cref="FormatException">A score is out of range, or below the one before it.</exception>
    public static double[] Rising(double[] scores, string part)
    {
        InRange(scores, -ScoreCalibrator.MaxScore, ScoreCalibrator.MaxScore, $"the scores of {part}");
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] < scores[i - 1])
            {
                throw new FormatException(FormattableString.Invariant(
                    $"Value {i} of the scores of {part} is {scores[i]}, after {scores[i - 1]}; allowed: rising scores."));
            }
        }

        return scores;
    }

    /// <summary>The calibrator itself, if it makes a number of any score.</summary>
    /// <exception cref="FormatException">The highest score would have an infinite risk.</exception>
    public static ScoreCalibrator Finite(ScoreCalibrator calibrator, string part) =>
        double.IsFinite(calibrator.NegativeLogP(double.MaxValue))
            ? calibrator
            : throw new FormatException(FormattableString.Invariant($"The tail of {part} has shape {calibrator.TailShape}, scale {calibrator.TailScale} and levels {calibrator.JointLevel} to {calibrator.HighestLevel}; allowed: a tail that gives every score a finite risk."));
}
