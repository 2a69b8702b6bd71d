"""What may be uploaded: one check for every door, whether a form, an import or a restored folder."""
