using System.Security.Cryptography;
using Aegis.MachineLearning.Bundles;

namespace Aegis.Training.Bundles;

/// <summary>Puts somebody else's model into a trained bundle, in shadow: it scores every payment and decides none.</summary>
internal static class Attachment
{
    private const int DigestBytes = 4;

    // Stands in a version between the detectors' version and the digest of the model that was put in.
    private const char Mark = '_';

    /// <summary>The bundle with the model, under a new version.</summary>
    /// <exception cref="ArgumentException">
    /// The bundle or the model cannot be used, or the bundle already has a model that its decisions need.
    /// </exception>
    public static FraudModel Run(AttachOptions options)
    {
        var model = BundleFile.Read(options.ModelPath);
        if (model.Calibration.External is not null)
        {
            throw new ArgumentException(
                $"--model is '{options.ModelPath}', whose decisions need '{model.External!.Name}'; "
                + "allowed: a bundle without a model of others that has a weight.");
        }

        var external = BroughtModel.Open(options.ExternalPath);
        // Another file makes another version, because a decision names what scored it.
        var digest = Convert.ToHexStringLower(SHA256.HashData(external.Bytes.Span).AsSpan(0, DigestBytes));
        var detectors = Recalibration.DetectorsOf(model.Version);
        var version = $"{WithoutDigest(detectors)}{Mark}{digest}{model.Version[detectors.Length..]}";
        if (!ModelVersion.IsValid(version))
        {
            throw new ArgumentException(
                $"--model is '{options.ModelPath}'. With the model its version would be '{version}'; allowed: {ModelVersion.Allowed}.");
        }

        return model with
        {
            External = external,
            Version = version,
            Provenance = new Dictionary<string, string>(model.Provenance) { ["external"] = $"{external.Name}, weight 0" },
        };
    }

    /// <summary>A version without the digest of a model that was put in before.</summary>
    private static string WithoutDigest(string version)
    {
        var at = version.Length - (2 * DigestBytes) - 1;
        return at > 0 && version[at] == Mark && version.Skip(at + 1).All(char.IsAsciiHexDigitLower) ? version[..at] : version;
    }
}
