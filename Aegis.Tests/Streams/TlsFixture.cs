using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aegis.TestRig;
using Aegis.TestRig.Servers;

namespace Aegis.Tests.Streams;

/// <summary>A server with TLS, a Unix socket, and an ACL user. Its certificate bears the name redis.internal, and comes from an authority
/// of its own.</summary>
public sealed class TlsFixture : IAsyncLifetime
{
    internal const string User = "user=aegis,password=secret";
    private PrivateRedis _server = null!;

    internal string Folder { get; } = Repository.TemporaryFolder();

    internal int Port { get; } = Ports.Free();

    internal int TlsPort { get; } = Ports.Free();

    internal string Authority => Path.Combine(Folder, "ca.pem");

    internal string Socket => Path.Combine(Folder, "redis.sock");

    public async ValueTask InitializeAsync()
    {
        WriteCertificates();
        _server = PrivateRedis.Launch(
            Port, $"localhost:{Port},{User}", Folder,
            "--tls-port", $"{TlsPort}", "--tls-cert-file", $"{Folder}/server.pem", "--tls-key-file", $"{Folder}/server.key",
            "--tls-ca-cert-file", Authority, "--tls-auth-clients", "no",
            "--unixsocket", Socket, "--user", "default", "off", "--user", "aegis", "on", ">secret", "~*", "+@all");
        await _server.AnswerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private void WriteCertificates()
    {
        var (from, to) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Aegis test authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var root = authority.CreateSelfSigned(from, to);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=redis.internal", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("redis.internal");
        server.CertificateExtensions.Add(names.Build());
        using var leaf = server.Create(root, from, to, RandomNumberGenerator.GetBytes(16));

        File.WriteAllText(Authority, root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Folder, "server.pem"), leaf.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Folder, "server.key"), serverKey.ExportPkcs8PrivateKeyPem());
    }
}
